import { KeyCap } from './key-cap.tsx'
import './keys-table.css'

/** Keys and what they do. */
export function KeysTable({ rows }: { readonly rows: readonly (readonly [key: string, words: string])[] }) {
  return (
    <table className="keys-table">
      <tbody>
        {rows.map(([key, words]) => (
          <tr key={key}>
            <th scope="row">
              <KeyCap>{key}</KeyCap>
            </th>
            <td>{words}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
