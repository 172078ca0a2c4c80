/** Whether a device's name is that of a GPU emulated by the CPU. */
export const isSoftware = (device: string): boolean =>
  /swiftshader|llvmpipe|lavapipe|softpipe|basic render/i.test(device);
