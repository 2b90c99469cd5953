package dev.larder.testkit;

/** A faulty store without a fault is as good as the one behind it. */
class FaultyTierContractTest extends TierContract {

  @Override
  protected StoreFixture fixture() {
    return MemoryFixture.behindFaultyStores();
  }
}
