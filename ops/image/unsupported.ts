/** Image functions of tf that are not supported. */
import { DATA_DEPENDENT, ON_THE_HOST, type Unsupported, unsupported } from '../unsupported.ts';

const suppression = /* @__NO_SIDE_EFFECTS__ */ (name: string): Unsupported =>
  unsupported(
    `image.${name}`,
    DATA_DEPENDENT,
    `topk(scores, k) gives the best scores and their positions; or ${ON_THE_HOST}`,
  );

export const nonMaxSuppression: Unsupported = suppression('nonMaxSuppression');
export const nonMaxSuppressionAsync: Unsupported = suppression('nonMaxSuppressionAsync');
export const nonMaxSuppressionWithScore: Unsupported = suppression('nonMaxSuppressionWithScore');
export const nonMaxSuppressionWithScoreAsync: Unsupported = suppression('nonMaxSuppressionWithScoreAsync');
export const nonMaxSuppressionPadded: Unsupported = suppression('nonMaxSuppressionPadded');
export const nonMaxSuppressionPaddedAsync: Unsupported = suppression('nonMaxSuppressionPaddedAsync');
