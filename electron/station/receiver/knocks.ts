import type { Knock as KnockView } from '../../../shared/api/views.ts'
import { guessModality, sopClassNames } from '../../../shared/dicom/sop-class-names.ts'
import type { Events } from '../events.ts'
import type { Knock } from './receiver.ts'

export type Knocks = ReturnType<typeof createKnocks>

const kept = 50
/** One address that tries name after name must not push out the others. */
const keptOfAddress = 10
const proposalsTold = 20

const reasonWords: Readonly<Record<Knock['reason'], string>> = {
  'unknown-calling-ae': '这个 AE 名没有登记为设备',
  'wrong-address': '这个 AE 名登记的是另一个 IP 地址',
  'wrong-called-ae': '设备上填写的本机 AE 名不对',
}

/** Who tried to connect and was refused, newest first: staff let a new device in from here. Kept in memory, it knocks again. */
export function createKnocks(events: Events) {
  const knocks = new Map<string, KnockView>()
  return {
    add(knock: Knock): void {
      const key = [knock.callingAeTitle, knock.calledAeTitle, knock.host, knock.reason].join('\n')
      const count = (knocks.get(key)?.count ?? 0) + 1
      knocks.delete(key)
      knocks.set(key, {
        callingAeTitle: knock.callingAeTitle,
        calledAeTitle: knock.calledAeTitle,
        address: knock.host,
        at: knock.at,
        count,
        reason: reasonWords[knock.reason],
        implementation: knock.implementation,
        proposes: sopClassNames(knock.proposes, proposalsTold),
        modality: guessModality(knock.proposes),
      })
      const ofAddress = [...knocks].filter(([, { address }]) => address === knock.host)
      const [tooMany] = ofAddress.length > keptOfAddress ? ofAddress : knocks.size > kept ? knocks : []
      if (tooMany) knocks.delete(tooMany[0])
      events.tell({ topic: 'knock', id: knock.callingAeTitle })
    },
    list: (): KnockView[] => [...knocks.values()].reverse(),
  }
}
