export { createRepository } from '../../world/git/repository/create.ts';
