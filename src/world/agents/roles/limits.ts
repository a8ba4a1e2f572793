/** The most one call may hold. */
export const CALL_BYTES = 64 * 1024;
/** The most calls of one turn. */
export const CALLS = 50;
/** Names the socket of the controller to the server in the sandbox. */
export const SOCKET = 'OMK_ROLE_SOCKET';
