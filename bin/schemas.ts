import { config } from 'zod';

// Compiling a parser of each schema pays where a process reads many files; a command reads two. Schemas ask when they are
// made, so this module is the first that is loaded.
config({ jitless: true });
