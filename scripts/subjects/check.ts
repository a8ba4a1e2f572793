/** git's own advice is 50; a list of commits shows 72. */
const LONGEST = 72;

/** Every subject that breaks the rule, with the commit: `<id> <subject>` a line. */
export const longSubjects = (lines: string): readonly string[] =>
  lines.split('\n').flatMap((line) => {
    const [id = '', ...words] = line.split(' ');
    const length = [...words.join(' ')].length;
    return length > LONGEST ? [`${id}: the subject has ${length} characters, more than ${LONGEST}`] : [];
  });
