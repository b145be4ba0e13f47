// `sapa audit verify`: whether anything in the audit log was edited, deleted, put elsewhere or cut off.
import type { Command } from 'commander'
import { verifyChain } from '../db/audit-chain.ts'
import type { House } from '../house.ts'
import { type Common, inHouse } from './house.ts'
import { printJson, printLines } from './print.ts'
import { CommandRefused } from './refuse.ts'

type Options = Common & { readonly head?: string }

export function addAudit(program: Command): void {
  program
    .command('audit')
    .description('who changed what, and when')
    .command('verify')
    .description('look the audit log through: an entry that was edited, deleted, put elsewhere or cut off is named')
    .option(
      '--head <hash>',
      'a head that was written down before, such as in an evidence folder: it must still be there',
    )
    .action((_, command: Command) => inHouse(house => verify(house, command.optsWithGlobals<Options>())))
}

async function verify({ db, seal }: House, { head, json }: Options): Promise<void> {
  const chain = await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(trx => verifyChain(trx, seal, head?.toLowerCase()))
  const { entries, faults, erased, known } = chain
  if (json) await printJson(chain)
  else
    await printLines(
      `${entries} entries, ${erased} of them with a detail that a person had erased`,
      `head ${chain.head}`,
      ...faults.map(({ seq, why }) => `entry ${seq ?? '?'}: ${why}`),
    )
  if (faults.length > 0) throw new CommandRefused(`the audit log was tampered with: ${faults.length} faults`)
  if (!known) throw new CommandRefused(`the audit log holds no entry with the head ${head}: it was written anew`)
}
