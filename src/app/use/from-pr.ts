export { goalFromPr } from '../../engine/delivery/from-pr.ts';
