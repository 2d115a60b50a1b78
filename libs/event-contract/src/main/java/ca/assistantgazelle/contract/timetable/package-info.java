/** Computes which nominal local times fall due, and when. Pure functions of their arguments: no clock, no database. */
package ca.assistantgazelle.contract.timetable;
