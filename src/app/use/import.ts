export { readAncestor } from '../../store/ancestor/read.ts';
