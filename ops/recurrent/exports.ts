// Written by scripts/catalogue.mjs: do not edit.
export { basicLSTMCell } from './basic-lstm-cell.ts';
export { type LSTMCellFunc, multiRNNCell } from './multi-rnn-cell.ts';
