/** The words of a title. */
export const words = (title: string): readonly string[] => title.split(' ').filter((word) => word !== '');
