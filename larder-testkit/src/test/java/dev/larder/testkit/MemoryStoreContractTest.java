package dev.larder.testkit;

/** The memory store under fake time. */
class MemoryStoreContractTest extends StoreContract {

  @Override
  protected StoreFixture fixture() {
    return new MemoryFixture(false);
  }
}
