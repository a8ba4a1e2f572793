export { readIssue } from '../../engine/delivery/issue.ts';
