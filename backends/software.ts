/** Graphics devices that the processor plays, by the names that they go by. */
export const isSoftware = (device: string): boolean =>
  /swiftshader|llvmpipe|lavapipe|softpipe|basic render/i.test(device);
