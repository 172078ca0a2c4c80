/** Rows of random ops are compared with nothing, and depend on no input. */
export const random = {
  reference: null,
  notDifferentiable: 'a draw depends on no input',
  note: 'tfjs draws other numbers',
} as const;
