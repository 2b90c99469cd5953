package dev.larder.testkit;

class MemoryBoardContractTest extends BoardContract {

  @Override
  protected StoreFixture fixture() {
    return new MemoryFixture(true);
  }
}
