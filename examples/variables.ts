import { stat } from 'node:fs/promises';
import type { Variables } from 'retrograph';

/** Reads variables from a safetensors file, or by TensorFlow from a SavedModel's folder or from a checkpoint (by its prefix). */
export async function loadVariables(variables: Variables, path: string): Promise<void> {
  const isFile = await stat(path).then(
    (there) => there.isFile(),
    () => false,
  );
  if (isFile) return variables.load(path);
  const { loadSavedModel } = await import('retrograph/saved-model');
  return loadSavedModel(variables, path);
}
