/** What a program of one's own needs of the app: it reads and resolves an estate, and ends as the command line does. */
export { estateFile, main, type ResolvedEstate, resolveEstate, ToolError, withoutTraces } from './app';
