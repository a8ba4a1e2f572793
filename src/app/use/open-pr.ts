export { type OpenPrOptions, type Opened, openPullRequest } from '../../engine/delivery/open-pr.ts';
