export { lostStrays } from '../world/process/mark.ts';
