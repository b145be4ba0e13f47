// The one account of the linked number. A file of its own, so that nothing loads the client that only needs the name.

/** The bot's account, whichever number is linked: a number may be replaced, its chats may not. */
export const ACCOUNT = 'baileys'
