import { expect } from 'chai';
import { CancelledError, DeviceLostError, RetrographError } from '../../engine/index.ts';
import { fromMessage, toMessage } from '../../plugins/remote/error-message.ts';

describe('errors between threads', () => {
  it('keep their class, their words and their node', () => {
    const error = fromMessage(
      toMessage(new CancelledError('called off', { node: 'h1' })),
      (label) => `${label}.ts:1:2`,
    );
    expect(error).to.be.instanceOf(CancelledError);
    expect(error.message).to.equal('called off\n  at h1.ts:1:2');
  });

  it('keep a class of a class', () => {
    expect(fromMessage(toMessage(new DeviceLostError('gone')))).to.be.instanceOf(DeviceLostError);
  });

  it('of unknown classes become the common one', () => {
    const error = fromMessage(toMessage(new TypeError('x is undefined')));
    expect(error).to.be.instanceOf(RetrographError);
    expect(error.message).to.equal('x is undefined');
  });
});
