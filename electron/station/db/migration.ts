/** One numbered step of the tables' history. It is never changed once it has shipped; a new step is added. */
export type Migration = { readonly name: string; readonly sql: string }
