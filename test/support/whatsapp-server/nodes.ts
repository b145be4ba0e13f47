// Small helpers around the nodes in which everything is said.
import { type BinaryNode, getBinaryNodeChild, S_WHATSAPP_NET } from '@whiskeysockets/baileys'

export type Attrs = Readonly<Record<string, string>>

export const node = (tag: string, attrs: Attrs = {}, content?: BinaryNode['content']): BinaryNode =>
  content === undefined ? { tag, attrs: { ...attrs } } : { tag, attrs: { ...attrs }, content }

export const child = (of: BinaryNode | undefined, tag: string): BinaryNode | undefined => getBinaryNodeChild(of, tag)

export const children = (of: BinaryNode | undefined): readonly BinaryNode[] =>
  Array.isArray(of?.content) ? of.content : []

/** The bytes a node holds. */
export function bytesOf(of: BinaryNode | undefined): Buffer {
  const { content } = of ?? {}
  return typeof content === 'string' || content instanceof Uint8Array ? Buffer.from(content as string) : Buffer.alloc(0)
}

export const attr = (of: BinaryNode | undefined, name: string): string => of?.attrs[name] ?? ''

export const answer = (to: BinaryNode, content?: BinaryNode['content']): BinaryNode =>
  node('iq', { from: S_WHATSAPP_NET, type: 'result', id: attr(to, 'id') }, content)

export const userOf = (jid: string): string => jid.split('@')[0]?.split(':')[0] ?? ''

/** 0 is the phone itself. */
export const deviceIdOf = (jid: string): number => Number(/:(\d+)@/.exec(jid)?.[1] ?? 0)

export const seconds = (): string => String(Math.floor(Date.now() / 1000))
