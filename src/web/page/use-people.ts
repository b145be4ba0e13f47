// The made-up people and which of them is shown; the address remembers who, so that a reload stays with them.
import { useHash } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import type { Person } from '../simulator/view.ts'
import { fetchPeople, makePerson } from './api.ts'

export type People = {
  readonly all: readonly Person[]
  readonly current: Person | null
  readonly choose: (person: Person) => void
  readonly add: () => void
  readonly failed: boolean
}

export function usePeople(): People {
  const [all, setAll] = useState<readonly Person[]>([])
  const [failed, setFailed] = useState(false)
  const [hash, setHash] = useHash({ getInitialValueInEffect: false })
  const begun = useRef(false)

  const choose = (person: Person) => setHash(person.id)
  const add = () => {
    makePerson()
      .then(person => {
        setAll(old => [person, ...old])
        choose(person)
      })
      .catch(() => setFailed(true))
  }
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    // The first visit finds somebody to be.
    fetchPeople()
      .then(found => (found.length > 0 ? setAll(found) : add()))
      .catch(() => setFailed(true))
  })
  const current = all.find(person => person.id === hash.slice(1)) ?? all[0] ?? null
  return { all, current, choose, add, failed }
}
