package dev.larder.testkit;

class MemoryKeysContractTest extends KeysContract {

  @Override
  protected StoreFixture fixture() {
    return new MemoryFixture(true);
  }
}
