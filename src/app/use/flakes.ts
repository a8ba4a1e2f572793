export { openStoreIfExists } from '../../store/open.ts';
