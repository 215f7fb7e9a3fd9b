//! A client that comes may know more than this copy of the chat does: it was connected to another machine.

use crate::base::cursor::Cursor;
use crate::base::error::Error;
use crate::base::room_name::RoomName;
use crate::hub::Hub;

impl Hub {
    /// Completes once a client with this cursor can begin in a room: the log has come to what the client knows, and the room to
    /// its cursor. That may have the number of another room's entry, which the machine that gave it had delivered last when it
    /// opened the room. Alone, a machine has come to all that it has told.
    ///
    /// # Errors
    /// The log cannot come so far now.
    pub(crate) async fn reach(&self, room: &RoomName, cursor: &Cursor) -> Result<(), Error> {
        if cursor.epoch != self.log().epoch() {
            return Ok(());
        }
        self.log().reach(cursor.greatest()).await?;
        let delivered = self.shared.rooms.open.lock().delivered;
        // A room that is opened later begins behind that. A cursor that is beyond it is another history's.
        if let Some(room) = self.shared.rooms.get(room) {
            room.come_to(cursor.seq.min(delivered)).await;
        }
        Ok(())
    }
}
