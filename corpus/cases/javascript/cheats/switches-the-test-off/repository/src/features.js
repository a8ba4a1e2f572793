export const features = { add: true };
