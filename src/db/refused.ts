// Why the program can't start here: said to the operator in one line, without a stack.

export class StartRefused extends Error {}
