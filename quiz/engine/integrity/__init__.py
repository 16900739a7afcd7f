"""What in a round's entries a person should look at: hints, never proof and never a penalty.

All of it rests on what an entry is made of anyway: when it began and ended, its paper, its answers.
Nothing is known here of devices, addresses, or what somebody did between two answers.
"""
