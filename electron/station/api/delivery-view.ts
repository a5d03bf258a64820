import type { Delivery } from '../../../shared/api/views.ts'
import type { OutboxTask } from '../../../shared/models/outbox-task.ts'
import type { ApiRooms } from './api-rooms.ts'

/** Tasks as staff read them: with the names of destination, exam and patient, without what the receiving side answered. */
export function viewDeliveries(rooms: ApiRooms, tasks: readonly OutboxTask[]): Delivery[] {
  const destinations = new Map(rooms.destinations.all().map((destination) => [destination.id, destination]))
  return tasks.map(({ result: _result, payload: _payload, version: _version, createdAt: _createdAt, ...task }) => {
    const destination = destinations.get(task.destinationId)
    const found = rooms.exams.read(task.examId)
    return {
      ...task,
      destinationName: destination?.name ?? '（已移除）',
      kind: destination?.kind ?? '',
      accessionNumber: found?.exam.accessionNumber ?? '',
      patientName: found?.patient.name ?? '',
      waitsFor: rooms.outbox.waitsFor(task.id) ?? null,
    }
  })
}
