import { expect, test } from '@jest/globals';
import type { NewShipment, ShipmentStore } from '../src/store';

const shipment = (key: string, country = 'DE'): NewShipment => ({
  id: `id of ${key}`,
  key,
  orderId: 'order',
  recipient: 'Zoe',
  address: { street: 'Rosenweg 1', postcode: '10115', city: 'Berlin', country },
  items: [{ sku: 'tea', quantity: 2 }],
});

/** What every store of shipments does. */
export function storeContract(open: () => Promise<ShipmentStore>): void {
  test('a shipment is scheduled with the carrier of its country, and listed with its order', async () => {
    const store = await open();
    const scheduled = { ...shipment('a'), status: 'SCHEDULED', carrier: 'North Sea Freight' };
    expect(await store.schedule(shipment('a'))).toEqual(scheduled);
    expect(await store.byOrderIds(['order', 'other'])).toEqual([scheduled]);
  });

  test('where no carrier goes nothing is scheduled', async () => {
    const store = await open();
    await expect(store.schedule(shipment('a', 'SH'))).rejects.toMatchObject({ code: 'NOT_DELIVERABLE' });
    expect(await store.byOrderIds(['order'])).toEqual([]);
  });

  test('the same key schedules once', async () => {
    const store = await open();
    await Promise.all([
      store.schedule(shipment('a')),
      store.schedule({ ...shipment('a'), id: 'another id' }),
    ]);
    expect(await store.byOrderIds(['order'])).toHaveLength(1);
  });

  test('a shipment can be cancelled until it leaves', async () => {
    const store = await open();
    await store.schedule(shipment('a'));
    await store.cancel('a');
    await store.cancel('a');
    expect(await store.byOrderIds(['order'])).toMatchObject([{ status: 'CANCELLED' }]);
    await store.schedule(shipment('b'));
    await store.move('id of b', 'SCHEDULED', 'DISPATCHED');
    await expect(store.cancel('b')).rejects.toMatchObject({ code: 'ON_ITS_WAY' });
  });

  test('a key that was cancelled, even before it was scheduled, schedules nothing any more', async () => {
    const store = await open();
    await store.cancel('a');
    await expect(store.schedule(shipment('a'))).rejects.toMatchObject({ code: 'CALLED_OFF' });
    expect(await store.byOrderIds(['order', ''])).toEqual([]);
  });

  test('a shipment takes its steps in order, and each as often as it is told', async () => {
    const store = await open();
    await store.schedule(shipment('a'));
    await expect(store.move('id of a', 'DISPATCHED', 'DELIVERED')).rejects.toMatchObject({
      code: 'WRONG_STATE',
    });
    await store.move('id of a', 'SCHEDULED', 'DISPATCHED');
    expect(await store.move('id of a', 'SCHEDULED', 'DISPATCHED')).toMatchObject({ status: 'DISPATCHED' });
    expect(await store.move('id of a', 'DISPATCHED', 'DELIVERED')).toMatchObject({ status: 'DELIVERED' });
    await expect(store.move('nothing', 'SCHEDULED', 'DISPATCHED')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
}
