package dev.larder.testkit;

class FaultyKeysContractTest extends KeysContract {

  @Override
  protected StoreFixture fixture() {
    return MemoryFixture.behindFaultyStores();
  }
}
