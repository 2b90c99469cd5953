package dev.larder.web;

/**
 * One header line of a stored response.
 *
 * @param name as the handler wrote it
 * @param value one value
 */
public record StoredHeader(String name, String value) {}
