/** A language with its package managers and test runners. Tables by ecosystem are records, so that none is forgotten. */
export type Ecosystem = 'javascript' | 'python' | 'rust' | 'go' | 'jvm' | 'dotnet' | 'cpp' | 'php' | 'ruby';
