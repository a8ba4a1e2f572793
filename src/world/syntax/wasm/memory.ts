/** What the types of Node leave out. */
declare global {
  namespace WebAssembly {
    const Memory: new (pages: { readonly initial: number; readonly maximum: number }) => {
      readonly buffer: ArrayBuffer;
    };
  }
}

/** In pages of 64 KiB. No limit of a thread counts this memory, so it has its own. */
const PAGES = { initial: 512, maximum: 4096 };

export const boundedMemory = (): object => new WebAssembly.Memory(PAGES);
