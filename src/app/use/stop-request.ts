export { StopRequest } from '../../engine/stop-request.ts';
