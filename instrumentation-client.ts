import { config } from 'zod';

// Runs before anything of a page. Zod would try out whether it may compile functions from strings, which the content security
// policy forbids and browsers report as an error.
config({ jitless: true });
