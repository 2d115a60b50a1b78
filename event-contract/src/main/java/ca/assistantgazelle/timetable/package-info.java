/**
 * Room 1: which nominal local times fall due, and when. Pure: no clock, no database; every question
 * carries its instants.
 */
package ca.assistantgazelle.timetable;
