/** Languages with their package managers and test runners, as people call them. */
const TITLES = {
  javascript: 'JavaScript',
  python: 'Python',
  rust: 'Rust',
  go: 'Go',
  jvm: 'Java',
  dotnet: '.NET',
  cpp: 'C and C++',
  php: 'PHP',
  ruby: 'Ruby',
};

/** Tables by ecosystem are records, so that none is forgotten. */
export type Ecosystem = keyof typeof TITLES;
