export { staleBuild } from '../../world/files/stale-build.ts';
