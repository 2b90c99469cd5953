package dev.larder.testkit;

class FaultyBoardContractTest extends BoardContract {

  @Override
  protected StoreFixture fixture() {
    return MemoryFixture.behindFaultyStores();
  }
}
