package dev.larder.spring.session;

/**
 * One attribute as it is stored.
 *
 * @param type the declared name of its type; the bytes never choose a class
 * @param value its encoded form; not changed by anyone
 */
record StoredAttribute(String type, byte[] value) {}
