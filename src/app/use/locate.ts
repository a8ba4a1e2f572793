export { locateRepository, movedRoot } from '../../world/git/locate.ts';
