declare const OMK_VERSION: string | undefined;

/** Set at build time; `development` when the sources run as they are. */
export const VERSION: string = typeof OMK_VERSION === 'string' ? OMK_VERSION : 'development';
