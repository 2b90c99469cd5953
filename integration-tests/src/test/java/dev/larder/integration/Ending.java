package dev.larder.integration;

import dev.larder.Acknowledgement;

/** The ways to end an entry. */
enum Ending {
  KEY {
    @Override
    Acknowledgement end(Node node, Place place) {
      return node.cache().invalidate(place);
    }
  },
  TAG {
    @Override
    Acknowledgement end(Node node, Place place) {
      return node.larder().invalidateTags(place.tags().get(0));
    }
  },
  PREFIX {
    @Override
    Acknowledgement end(Node node, Place place) {
      return node.cache().invalidatePrefix(place.region());
    }
  },
  CACHE {
    @Override
    Acknowledgement end(Node node, Place place) {
      return node.cache().clear();
    }
  },
  ALL {
    @Override
    Acknowledgement end(Node node, Place place) {
      return node.larder().clear();
    }
  };

  /** Ends the entry of a place, and perhaps others. */
  abstract Acknowledgement end(Node node, Place place);
}
