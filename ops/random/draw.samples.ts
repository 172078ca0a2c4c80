/** Options of random ops' rows, which have no reference and no gradient. */
export const random = {
  reference: null,
  notDifferentiable: 'a draw depends on no input',
  note: 'tfjs draws other numbers',
} as const;
