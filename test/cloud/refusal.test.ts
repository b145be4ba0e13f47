// What each of Meta's error codes means for a message. https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
import { expect, it } from 'vitest'
import { refusalOfCode } from '../../src/bots/cloud/refusal.ts'

it.each([
  [131047, 'later', 'outside the window: a template goes instead'],
  [131056, 'later', 'too many to this person'],
  [132000, 'later', 'the template has other places'],
  [132001, 'later', 'no such template yet'],
  [132012, 'later', 'the template has other places'],
  [132015, 'later', 'the template is paused'],
  [132016, 'later', 'the template is disabled'],
  [130429, 'wait', 'throughput'],
  [80007, 'wait', 'calls'],
  [4, 'wait', 'calls'],
  [131026, 'blocked', 'undeliverable'],
  [130472, 'rejected', 'a trial of Meta’s'],
  [131049, 'rejected', 'enough marketing'],
  [131050, 'rejected', 'wants no marketing'],
  [131051, 'rejected', 'no such type'],
  [131053, 'rejected', 'a file that can’t be taken'],
  [132005, 'rejected', 'the template’s words are too long'],
  [132007, 'rejected', 'the template breaks a rule'],
  [131042, 'restricted', 'an unpaid bill'],
  [131048, 'restricted', 'too many complaints'],
  [368, 'restricted', 'blocked for a while'],
  [0, 'unreachable', 'the token'],
  [190, 'unreachable', 'the token'],
  [10, 'unreachable', 'its rights'],
  [200, 'unreachable', 'its rights'],
  [131005, 'unreachable', 'its rights'],
  [131031, 'unreachable', 'the account is locked'],
  [131037, 'unreachable', 'the name is not approved'],
  [131045, 'unreachable', 'the number is not registered'],
  [133010, 'unreachable', 'the number is not registered'],
  [2, 'unreachable', 'Meta is down'],
  [131016, 'unreachable', 'Meta is down'],
  [131057, 'unreachable', 'the number is being worked on'],
  [1, 'uncertain', 'something went wrong'],
  [131000, 'uncertain', 'something went wrong'],
] as const)('%i is %s: %s', (code, kind, _why) => {
  expect(refusalOfCode(code).kind).toBe(kind)
})

it('an unknown code is a refusal for good, with a server’s error it is uncertain', () => {
  expect(refusalOfCode(139999).kind).toBe('rejected')
  expect(refusalOfCode(139999, 503).kind).toBe('uncertain')
  expect(refusalOfCode(139999, 401).kind).toBe('unreachable')
})
