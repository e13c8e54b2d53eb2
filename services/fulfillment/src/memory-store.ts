import { calledOff, notDeliverable, onItsWay, wrongState, type Shipment, type ShipmentStore } from './store';

/** Shipments that last as long as the process, with the given carriers by country: for tests. */
export function memoryShipmentStore(carriers: Readonly<Record<string, string>>): ShipmentStore {
  const shipments = new Map<string, Shipment>();
  const nowhere = { street: '', postcode: '', city: '', country: '' };
  return {
    byOrderIds: async (ids) =>
      [...shipments.values()].filter(({ orderId }) => orderId !== '' && ids.includes(orderId)),
    schedule: async (shipment) => {
      const known = shipments.get(shipment.key);
      if (known?.status === 'CANCELLED') throw calledOff(shipment.key);
      if (known) return known;
      const carrier = carriers[shipment.address.country];
      if (carrier === undefined) throw notDeliverable(shipment.address.country);
      const scheduled: Shipment = { ...shipment, status: 'SCHEDULED', carrier };
      shipments.set(shipment.key, scheduled);
      return scheduled;
    },
    cancel: async (key) => {
      const nothing = { id: key, key, orderId: '', carrier: '', recipient: '', address: nowhere, items: [] };
      const known = shipments.get(key);
      if (known?.status === 'DISPATCHED' || known?.status === 'DELIVERED') throw onItsWay(key);
      shipments.set(key, { ...(known ?? nothing), status: 'CANCELLED' });
    },
    move: async (id, from, to) => {
      const shipment = [...shipments.values()].find((candidate) => candidate.id === id);
      if (shipment?.status !== from && shipment?.status !== to) throw wrongState(shipment, id, to);
      const moved = { ...shipment, status: to };
      shipments.set(moved.key, moved);
      return moved;
    },
  };
}
