export { makeFolders } from '../../store/directory/prepare.ts';
