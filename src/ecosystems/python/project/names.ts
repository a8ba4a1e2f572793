/** The layers that a project's own packages are made of: the tools that build it, and what they made. */
export const BUILDER = 'python builder';
export const PROJECT = 'python project';
