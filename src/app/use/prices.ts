export { openPrices } from '../../world/prices/open.ts';
