import { Button, Modal } from 'antd'
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'
import { type Blocker, type BlockerFunction, useBlocker } from 'react-router'
import { useText } from '../text/use-text.tsx'
import { useTypedAddress } from './use-typed-address.ts'

type Scope = {
  readonly changed: (id: string, save: () => void) => void
  readonly settled: (id: string) => void
  readonly refused: () => void
}

const UnsavedContext = createContext<Scope | undefined>(undefined)

/**
 * Nothing that was typed on these pages is lost silently: whoever leaves, by a tab, a step, the menu or the browser, is asked first.
 * 'Save' goes on to where the person wanted once everything is saved, and stays where something is refused.
 */
export function UnsavedChanges({ children }: { readonly children: ReactNode }) {
  const { common } = useText()
  const unsaved = useRef(new Map<string, () => void>())
  const waiting = useRef<Blocker>(undefined)
  const [isSaving, setSaving] = useState(false)
  const blocker = useBlocker(
    useCallback<BlockerFunction>(
      ({ currentLocation, nextLocation }) =>
        unsaved.current.size > 0 && currentLocation.pathname !== nextLocation.pathname,
      [],
    ),
  )
  useTypedAddress(() => unsaved.current.size > 0)
  const scope = useMemo<Scope>(() => {
    const decided = (decide: (blocker: Blocker) => void) => {
      if (waiting.current) decide(waiting.current)
      waiting.current = undefined
      setSaving(false)
    }
    return {
      changed: (id, save) => unsaved.current.set(id, save),
      settled: (id) => {
        unsaved.current.delete(id)
        if (unsaved.current.size === 0) decided((blocked) => blocked.proceed?.())
      },
      // It is marked in red on the page behind the question.
      refused: () => decided((blocked) => blocked.reset?.()),
    }
  }, [])
  useEffect(() => {
    // The desk's own window goes to the tray when it is closed, with everything in it.
    if (window.shell) return
    const keep = (event: BeforeUnloadEvent) => {
      if (unsaved.current.size > 0) event.preventDefault()
    }
    addEventListener('beforeunload', keep)
    return () => removeEventListener('beforeunload', keep)
  }, [])

  const stay = () => blocker.reset?.()
  const drop = () => {
    unsaved.current.clear()
    blocker.proceed?.()
  }
  const saveAll = () => {
    waiting.current = blocker
    setSaving(true)
    for (const save of unsaved.current.values()) save()
  }
  return (
    <UnsavedContext value={scope}>
      {children}
      <Modal
        open={blocker.state === 'blocked'}
        title={common.unsavedTitle}
        closable={false}
        mask={{ closable: false }}
        onCancel={stay}
        footer={
          <>
            <Button onClick={stay}>{common.goOnTyping}</Button>
            <Button onClick={drop}>{common.dropTyped}</Button>
            <Button type="primary" loading={isSaving} onClick={saveAll}>
              {common.saveAndGoOn}
            </Button>
          </>
        }
      >
        {common.unsavedLeave}
      </Modal>
    </UnsavedContext>
  )
}

type Unsaved = { readonly changed: () => void; readonly saved: () => void; readonly refused: () => void }

/** For a form on such a page: it says when something was typed, when that is saved, and when it could not be. `save` saves it. */
export function useUnsaved(save: () => void): Unsaved {
  const scope = useContext(UnsavedContext)
  const id = useId()
  const newest = useRef(save)
  useEffect(() => {
    newest.current = save
  })
  useEffect(() => () => scope?.settled(id), [scope, id])
  return useMemo(
    () => ({
      changed: () => scope?.changed(id, () => newest.current()),
      saved: () => scope?.settled(id),
      refused: () => scope?.refused(),
    }),
    [scope, id],
  )
}
